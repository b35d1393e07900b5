/**
 * Firecracker. NOT RUN BY US: written against its documented configuration (docs/getting-started.md,
 * docs/initrd.md and docs/api_requests/block-caching.md of firecracker-microvm/firecracker).
 */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { defineEnvironment } from '../../fixtures/environments/define-environment.ts'
import { programGuest } from '../../fixtures/environments/program-guest.ts'
import { requireGuest } from '../../fixtures/environments/trial.ts'
import { createDisk, readFromDisk } from '../../fixtures/guest-images/disk.ts'
import { linuxGuest } from '../../fixtures/guest-images/linux-guest.ts'
import { type Child, start } from '../../fixtures/machine/process.ts'
import { run } from '../../fixtures/machine/programs.ts'
import type { BootRequest, Guest } from '../../fixtures/model.ts'

/** On x86 an uncompressed ELF, as the kernel's scripts/extract-vmlinux makes one; on arm64 an Image. */
const KERNEL = process.env.FIRECRACKER_KERNEL ?? '/var/lib/firecracker/vmlinux'
const MEMORY_MIB = 2048
/** Its disks are on virtio-mmio, described to the guest by ACPI (from 1.8 on). */
const MODULES = ['virtio_mmio', 'virtio_blk', 'ext4']

export const face = defineEnvironment({
  kind: 'machine',
  isOnRequest: true,
  packages: [], // Debian has none
  requiredInCi: [],
  environments: (storageDirectory) => [
    {
      id: 'firecracker',
      title: 'Firecracker',
      hasDearBoots: true,
      boot,
      async probe(signal) {
        try {
          const { stdout } = await run('firecracker', ['--version'])
          await requireGuest(boot, storageDirectory, signal)
          return {
            state: 'available',
            version: /^Firecracker v(\S+)/m.exec(stdout)?.[1] ?? stdout,
            fidelity: 'native', // it runs on KVM alone
            detail: 'KVM, no jailer',
            caveats: [],
            specification: {
              kernel: (await guestKernel()).release,
              memoryBytes: MEMORY_MIB * 2 ** 20,
              storage: 'ext4 on virtio-blk on MMIO, cache_type=Writeback, on a raw image',
            },
          }
        } catch (error) {
          const remedy = 'install firecracker, name a vmlinux by FIRECRACKER_KERNEL, see /dev/kvm'
          return { state: 'unavailable', reason: (error as Error).message, remedy }
        }
      },
    },
  ],
})

async function guestKernel() {
  const guest = await linuxGuest(MODULES, KERNEL)
  if ('missing' in guest) throw new Error(guest.missing)
  return guest
}

async function boot({ words, sizeBytes, directory, signal }: BootRequest): Promise<Guest> {
  const { image: kernel, initramfs } = await guestKernel()
  const image = join(directory, 'disk.img')
  await createDisk(image, sizeBytes)
  const configuration = join(directory, 'firecracker.json')
  await writeFile(configuration, configurationOf({ kernel, initramfs, image }, words))
  const child = await start('firecracker', ['--no-api', '--config-file', configuration], { signal })
  const guest = programGuest(child, () => readFromDisk(image, '/data'))
  return { ...guest, console: untilHalted(child) }
}

interface Images {
  kernel: string
  initramfs: string
  image: string
}

export function configurationOf(images: Images, words: readonly string[]): string {
  const bootArgs = ['console=ttyS0', 'reboot=k', 'panic=-1', 'quiet', 'loglevel=3']
  return JSON.stringify({
    'boot-source': {
      kernel_image_path: images.kernel,
      initrd_path: images.initramfs,
      boot_args: [...bootArgs, '--', 'device=/dev/vda', ...words].join(' '),
    },
    drives: [
      {
        drive_id: 'storage',
        path_on_host: images.image,
        is_root_device: false,
        is_read_only: false,
        // Its default, Unsafe, acknowledges flushes and does none.
        cache_type: 'Writeback',
      },
    ],
    'machine-config': { vcpu_count: 1, mem_size_mib: MEMORY_MIB },
  })
}

/** Its machine has no power to switch off: the kernel halts, its file system unmounted. */
async function* untilHalted(child: Child): AsyncGenerator<string> {
  for await (const line of child.lines) {
    yield line
    if (line.includes('System halted')) await child[Symbol.asyncDispose]()
  }
}
