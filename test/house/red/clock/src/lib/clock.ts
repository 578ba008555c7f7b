export const systemNow = () => new Date()
