export function long() { // red
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
}
export function fits() {
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
  // one more line
}
export const many = (a: 1, b: 2, c: 3, d: 4) => [a, b, c, d] // red
export const three = (a: 1, b: 2, c: 3) => [a, b, c]
export function deep(list: number[]) { // red
  for (const a of list) {
    if (a) {
      while (a) {
        try {
          return a
        } catch {
          continue
        }
      }
    }
  }
  return 0
}
export function shallow(list: number[]) {
  for (const a of list) {
    if (a) {
      while (a) return a
    } else if (a === 2) {
      return 1
    } else if (a === 3) {
      return 2
    } else if (a === 4) {
      return 3
    }
  }
  return 0
}
