/** What can be held of examples that nobody here can run: their shape, their words, and their absence. */
import { expect, test, vi } from 'vitest'
import { face as cloudHypervisor, commandLineOf } from './cloud-hypervisor.ts'
import { configurationOf, face as firecracker } from './firecracker.ts'

test('Firecracker is told to flush, and hands our words to the init', () => {
  const images = { kernel: '/vmlinux', initramfs: '/initramfs', image: '/a b/disk.img' }
  expect(JSON.parse(configurationOf(images, ['size=4096']))).toMatchObject({
    'boot-source': {
      initrd_path: '/initramfs',
      boot_args: expect.stringMatching(/^console=ttyS0 .* -- device=\/dev\/vda size=4096$/),
    },
    drives: [{ path_on_host: '/a b/disk.img', cache_type: 'Writeback', is_root_device: false }],
  })
})

test('Cloud Hypervisor gets a disk and a serial console', () => {
  const machine = { kernel: '/vmlinux', initramfs: '/initramfs', disk: 'path=/disk.img,direct=on' }
  const line = commandLineOf(machine, ['size=4096']).join(' ')
  expect(line).toContain('--disk path=/disk.img,direct=on')
  expect(line).toMatch(/ -- device=\/dev\/vda size=4096 --disk /)
})

test.for([
  ['firecracker', firecracker],
  ['cloud-hypervisor', cloudHypervisor],
] as const)('%s that is not installed is unavailable, with a remedy', async ([name, face]) => {
  vi.stubEnv('PATH', '/nowhere')
  const [environment] = face.environments('/nowhere')
  const found = await environment?.probe()
  vi.unstubAllEnvs()
  expect(found).toEqual({
    state: 'unavailable',
    reason: `${name} is missing: no such program`,
    remedy: expect.stringContaining('_KERNEL'),
  })
})
