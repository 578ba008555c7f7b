export const used = 'here'
export const idle = 'exported for nobody'
