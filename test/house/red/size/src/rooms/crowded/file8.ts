export const a8 = () => 8
export const b8 = () => 8
export const c8 = () => 8
