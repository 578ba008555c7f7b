export const deep = true // red
