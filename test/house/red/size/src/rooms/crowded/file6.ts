export const a6 = () => 6
export const b6 = () => 6
export const c6 = () => 6
