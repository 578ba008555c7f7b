export const silent = true // red
