export const a0 = () => 0 // red
export const b0 = () => 0
export const c0 = () => 0
