export const list: string[] = []
export const first: string = list[0]
