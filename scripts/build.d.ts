export function configFileOf(folder?: string): string
export function build(at?: { outdir?: string; configFile?: string }): Promise<string[]>
export function buildAssets(outdir: string): Promise<Record<string, string>>
