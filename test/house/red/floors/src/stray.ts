export const homeless = true // red
