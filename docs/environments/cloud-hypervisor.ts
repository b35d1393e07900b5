/**
 * Cloud Hypervisor. NOT RUN BY US: written against its documented command line (README.md and
 * docs/device_model.md of cloud-hypervisor/cloud-hypervisor).
 */
import { join } from 'node:path'
import { defineEnvironment } from '../../fixtures/environments/define-environment.ts'
import { programGuest } from '../../fixtures/environments/program-guest.ts'
import { requireGuest } from '../../fixtures/environments/trial.ts'
import { createDisk, readFromDisk } from '../../fixtures/guest-images/disk.ts'
import { linuxGuest } from '../../fixtures/guest-images/linux-guest.ts'
import { start } from '../../fixtures/machine/process.ts'
import { run } from '../../fixtures/machine/programs.ts'
import type { BootRequest, Guest } from '../../fixtures/model.ts'

/** On x86 an ELF with PVH, as the kernel's scripts/extract-vmlinux makes one; on arm64 an Image. */
const KERNEL = process.env.CLOUD_HYPERVISOR_KERNEL ?? '/var/lib/cloud-hypervisor/vmlinux'
const MEMORY_MIB = 2048
const SERIAL = process.arch === 'arm64' ? 'ttyAMA0' : 'ttyS0'

export const face = defineEnvironment({
  kind: 'machine',
  isOnRequest: true,
  packages: [], // Debian has none
  requiredInCi: [],
  environments: (storageDirectory) => [
    {
      id: 'cloud-hypervisor',
      title: 'Cloud Hypervisor',
      hasDearBoots: true,
      boot: (request) => boot(request, ''),
      bootCold: (request) => boot(request, ',direct=on'),
      async probe(signal) {
        try {
          const { stdout } = await run('cloud-hypervisor', ['--version'])
          await requireGuest((request) => boot(request, ''), storageDirectory, signal)
          return {
            state: 'available',
            version: /v(\d\S*)/.exec(stdout)?.[1] ?? stdout,
            fidelity: 'native', // it runs on KVM alone
            detail: 'KVM',
            caveats: [],
            specification: {
              kernel: (await guestKernel()).release,
              memoryBytes: MEMORY_MIB * 2 ** 20,
              storage: 'ext4 on virtio-blk, on a raw image',
            },
          }
        } catch (error) {
          const remedy =
            'install cloud-hypervisor, name a vmlinux by CLOUD_HYPERVISOR_KERNEL, see /dev/kvm'
          return { state: 'unavailable', reason: (error as Error).message, remedy }
        }
      },
    },
  ],
})

async function guestKernel() {
  const bus = process.arch === 'arm64' ? ['pci_host_generic'] : []
  const guest = await linuxGuest([...bus, 'virtio_pci', 'virtio_blk', 'ext4'], KERNEL)
  if ('missing' in guest) throw new Error(guest.missing)
  return guest
}

/** @param disk options behind the image's path. */
async function boot(
  { words, sizeBytes, directory, signal }: BootRequest,
  disk: string,
): Promise<Guest> {
  const { image: kernel, initramfs } = await guestKernel()
  const image = join(directory, 'disk.img')
  await createDisk(image, sizeBytes)
  const commandLine = commandLineOf({ kernel, initramfs, disk: `path=${image}${disk}` }, words)
  const child = await start('cloud-hypervisor', commandLine, { signal })
  return programGuest(child, () => readFromDisk(image, '/data'))
}

interface Machine {
  kernel: string
  initramfs: string
  disk: string
}

export function commandLineOf(
  { kernel, initramfs, disk }: Machine,
  words: readonly string[],
): readonly string[] {
  const kernelWords = [`console=${SERIAL}`, 'panic=-1', 'quiet', 'loglevel=3']
  return [
    ...['--kernel', kernel, '--initramfs', initramfs],
    ...['--cmdline', [...kernelWords, '--', 'device=/dev/vda', ...words].join(' ')],
    ...['--disk', disk],
    ...['--cpus', 'boot=1', '--memory', `size=${MEMORY_MIB}M`],
    ...['--serial', 'tty', '--console', 'off'],
  ]
}
