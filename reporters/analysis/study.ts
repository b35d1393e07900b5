/**
 * Results of the study that guestbench makes runnable: "IoT デバイスにおける軽量実行環境の
 * ストレージ性能比較" (Nanzan University), tables 2 and 3; mean of one operation on a Raspberry Pi 4
 * Model B under Ubuntu 20.04 LTS. Its sizes are named as it names them; 4 KB is 4096 bytes
 * (8 sectors), 1 GB is 2 097 152 sectors.
 */
import type { Operation } from '../../fixtures/model.ts'
import { STUDIED_OPERATIONS, type StudiedOperation } from '../../fixtures/operations.ts'

/** What the study measured of one environment and operation. */
export interface StudyFigure {
  meanNs: number
  /** To the study's own Linux: of means, without an interval. */
  ratio: number
}

export interface StudyTable {
  /** `4 KB` or `1 GB`. */
  size: string
  rows: readonly {
    environment: string
    title: string
    /** Of the operations that the study measured. */
    figures: { readonly [operation in Operation]?: StudyFigure }
  }[]
}

type Means = { readonly [operation in StudiedOperation]: number }

const fourKilobytes = table('4 KB', { 'write-sync': 2.35e6, write: 13_580, read: 1_610 }, [
  ['docker', 'Docker', { 'write-sync': 2.61e6, write: 15_680, read: 4_770 }],
  ['qemu', 'QEMU/KVM', { 'write-sync': 10.86e6, write: 26_310, read: 3_150 }],
  ['solo5-hvt', 'hvt/solo5', { 'write-sync': 20.14e6, write: 131_890, read: 96_360 }],
  ['xen-dom0', 'Xen (dom0)', { 'write-sync': 4.83e6, write: 26_650, read: 4_520 }],
])

const oneGigabyte = table('1 GB', { 'write-sync': 36.05e9, write: 28.35e9, read: 0.97e9 }, [
  ['docker', 'Docker', { 'write-sync': 37.88e9, write: 22.97e9, read: 0.98e9 }],
  ['qemu', 'QEMU/KVM', { 'write-sync': 31.06e9, write: 26.37e9, read: 15.51e9 }],
  ['solo5-hvt', 'hvt/solo5', { 'write-sync': 5388e9, write: 49.74e9, read: 26.43e9 }],
  ['xen-dom0', 'Xen (dom0)', { 'write-sync': 54.47e9, write: 28.85e9, read: 23.58e9 }],
])

/** The study's table to set beside a size: its own 4 KB, else its 1 GB. */
export function studyTable(sizeBytes: number): StudyTable {
  return sizeBytes === 4096 ? fourKilobytes : oneGigabyte
}

function table(
  size: string,
  linux: Means,
  guests: readonly (readonly [environment: string, title: string, means: Means])[],
): StudyTable {
  const all = [['linux', 'Linux', linux] as const, ...guests]
  const rows = all.map(([environment, title, means]) => {
    const figures = STUDIED_OPERATIONS.map((operation) => {
      const meanNs = means[operation]
      return [operation, { meanNs, ratio: meanNs / linux[operation] }] as const
    })
    return { environment, title, figures: Object.fromEntries(figures) }
  })
  return { size, rows }
}
