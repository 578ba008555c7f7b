export const named = 1 // red: unicorn/filename-case
