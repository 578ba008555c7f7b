export const a10 = () => 10
export const b10 = () => 10
export const c10 = () => 10
