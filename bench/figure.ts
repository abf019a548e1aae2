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

export const ratio = (name: string, ours: number, bare: number, limit: number): Figure => {
  const detail = `${ours.toFixed(0)} ms against ${bare.toFixed(0)} ms`;
  return { name, measured: ours / bare, limit, unit: "x", detail };
};

/** Fastest run against fastest run: what else the machine does only ever adds. The medians stand beside it. */
export const ratioOfFastest = (name: string, ours: readonly number[], bare: readonly number[], limit: number): Figure => {
  const figure = ratio(name, Math.min(...ours), Math.min(...bare), limit);
  const medians = (median(ours) / median(bare)).toFixed(2);
  return { ...figure, detail: `${figure.detail}, fastest of ${ours.length}; medians ${medians} x` };
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
