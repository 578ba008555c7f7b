export const a3 = () => 3
export const b3 = () => 3
export const c3 = () => 3
