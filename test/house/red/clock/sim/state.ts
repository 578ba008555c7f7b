export const made = Date.now() // red
