export const a7 = () => 7
export const b7 = () => 7
export const c7 = () => 7
