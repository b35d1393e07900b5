/* To be preloaded: says that data is durable, and asks nobody to make it so. */

int fsync(int file);
int fdatasync(int file);

int fsync(int file)
{
    (void)file;
    return 0;
}

int fdatasync(int file)
{
    (void)file;
    return 0;
}
