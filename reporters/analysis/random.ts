/** Uniform in [0, 1). */
export type Random = () => number

/** The same draws for the same 32-bit seed (mulberry32, Tommy Ettinger 2017). */
export function draws(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
