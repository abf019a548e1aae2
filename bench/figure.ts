import { median } from "./timing";

/** One number of the table, and what it must not exceed. */
export interface Figure {
  readonly name: string;
  readonly measured: number;
  readonly limit: number;
  readonly unit: "x" | "s" | "MB";
  /** What the number is made of. */
  readonly detail: string;
}

/** Fastest run against fastest run: what else the machine does only ever adds. The medians stand beside it. */
export const ratio = (name: string, ours: readonly number[], bare: readonly number[], limit: number): Figure => {
  const [mine, theirs] = [Math.min(...ours), Math.min(...bare)];
  const medians = `${(median(ours) / median(bare)).toFixed(2)} x`;
  const detail = `${mine.toFixed(0)} ms against ${theirs.toFixed(0)} ms, fastest of ${ours.length}; medians ${medians}`;
  return { name, measured: mine / theirs, limit, unit: "x", detail };
};

export const seconds = (name: string, milliseconds: number, limit: number, detail: string): Figure => ({
  name,
  measured: milliseconds / 1000,
  limit,
  unit: "s",
  detail,
});

export const holds = ({ measured, limit }: Figure): boolean => measured <= limit;

export function row(figure: Figure): string {
  const value = (number: number, digits: number): string => `${number.toFixed(digits)} ${figure.unit}`;
  const digits = figure.unit === "MB" ? 1 : 2;
  const verdict = holds(figure) ? "yes" : "**no**";
  return `| ${figure.name} | ${value(figure.measured, digits)} | ${value(figure.limit, digits)} | ${verdict} | ${figure.detail} |`;
}
