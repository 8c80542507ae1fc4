export interface VsCode {
  readonly root: string;
  readonly node: string;
}
export function versions(): string[];
export function installVsCode(version: string): VsCode;
export function installChromium(): string;
