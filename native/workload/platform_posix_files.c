/* Small files in a directory of their own. */
#define _GNU_SOURCE

#include "platform.h"
#include "platform_posix.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char path_of_directory[4096];
static int directory;

struct name {
    char text[21];
};

static struct name name_of(uint64_t number)
{
    struct name name;
    char *digit = name.text + sizeof name.text - 1;
    *digit = '\0';
    do {
        *--digit = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    memmove(name.text, digit, (size_t)(name.text + sizeof name.text - digit));
    return name;
}

bool files_begin(const char *path)
{
    int length = snprintf(path_of_directory, sizeof path_of_directory, "%s.files", path);
    if (length < 0 || (size_t)length >= sizeof path_of_directory) {
        errno = ENAMETOOLONG;
        return failed("mkdir");
    }
    if (mkdir(path_of_directory, 0755) < 0) {
        return failed("mkdir");
    }
    directory = open(path_of_directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return directory >= 0 || failed("open");
}

bool files_create(uint64_t number, const uint8_t *data, size_t bytes)
{
    int file =
        openat(directory, name_of(number).text, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (file < 0) {
        return failed("openat");
    }
    ssize_t done = write(file, data, bytes);
    if (done != (ssize_t)bytes) {
        return done < 0 ? failed("write") : failed_because("write", "cut short");
    }
    if (fsync(file) < 0) {
        return failed("fsync");
    }
    return close(file) == 0 || failed("close");
}

bool files_find(uint64_t number, size_t bytes)
{
    struct stat status;
    if (fstatat(directory, name_of(number).text, &status, AT_SYMLINK_NOFOLLOW) < 0) {
        return failed("fstatat");
    }
    return status.st_size == (off_t)bytes || failed_because("fstatat", "another size");
}

bool files_list(uint64_t count)
{
    int again = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *list = again < 0 ? NULL : fdopendir(again);
    if (list == NULL) {
        return failed("fdopendir");
    }
    uint64_t found = 0;
    errno = 0;
    for (struct dirent *entry; (entry = readdir(list)) != NULL;) {
        found += entry->d_name[0] != '.';
    }
    if (errno != 0) {
        return failed("readdir");
    }
    closedir(list);
    return found == count || failed_because("readdir", "another number of files");
}

bool files_read(uint64_t number, uint8_t *data, size_t bytes)
{
    int file = openat(directory, name_of(number).text, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return failed("openat");
    }
    ssize_t done = read(file, data, bytes);
    if (done != (ssize_t)bytes) {
        return done < 0 ? failed("read") : failed_because("read", "cut short");
    }
    return close(file) == 0 || failed("close");
}

bool files_remove(uint64_t number)
{
    return unlinkat(directory, name_of(number).text, 0) == 0 || failed("unlinkat");
}

bool files_end(void)
{
    return rmdir(path_of_directory) == 0 || failed("rmdir");
}
