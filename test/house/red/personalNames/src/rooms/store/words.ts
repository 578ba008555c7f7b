export const words = { email: 'E-mail', name: 'Name' }
