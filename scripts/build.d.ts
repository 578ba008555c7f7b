export function configFileOf(folder?: string): string
export function build(at?: { outdir?: string; configFile?: string }): Promise<string[]>
export function buildAssets(outdir: string, pictures?: string): Promise<Record<string, string>>
