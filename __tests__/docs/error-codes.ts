import ts from "typescript";

const CODE = /^[A-Z][A-Z0-9_]+$/;
const MESSAGE = /^([A-Z][A-Z0-9_]+): /;

const parse = (text: string): ts.SourceFile => ts.createSourceFile("source.ts", text, ts.ScriptTarget.Latest, true);

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/** What has a parameter called `code`, and which one it is. */
function takersOf(sources: readonly ts.SourceFile[]): ReadonlyMap<string, number> {
  const takers = new Map<string, number>();
  for (const source of sources)
    walk(source, (node) => {
      if (!ts.isFunctionLike(node)) return;
      const index = node.parameters.findIndex(({ name }) => name.getText() === "code");
      const name = nameOf(node);
      if (index >= 0 && name !== undefined) takers.set(name, index);
    });
  return takers;
}

/** A class stands for its constructor, a variable for the function that it holds. */
function nameOf(node: ts.SignatureDeclaration): string | undefined {
  if (ts.isConstructorDeclaration(node)) return node.parent.name?.text;
  if (node.name !== undefined) return node.name.getText();
  return ts.isVariableDeclaration(node.parent) ? node.parent.name.getText() : undefined;
}

function codeOfCall(node: ts.Node, takers: ReadonlyMap<string, number>): string[] {
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return [];
  const { expression } = node;
  const index = takers.get(ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText());
  const argument = index === undefined ? undefined : node.arguments?.[index];
  return argument !== undefined && ts.isStringLiteral(argument) && CODE.test(argument.text) ? [argument.text] : [];
}

/** A text that begins as a message does. */
function codeOfText(node: ts.Node): string[] {
  if (!ts.isStringLiteral(node) && !ts.isNoSubstitutionTemplateLiteral(node) && !ts.isTemplateHead(node)) return [];
  const [, code] = MESSAGE.exec(node.text) ?? [];
  return code === undefined ? [] : [code];
}

/** The codes of errors in texts of TypeScript: given as an argument that is called `code`, or at the start of a message. */
export function errorCodes(texts: readonly string[]): string[] {
  const sources = texts.map(parse);
  const takers = takersOf(sources);
  const codes = new Set<string>();
  for (const source of sources)
    walk(source, (node) => [...codeOfCall(node, takers), ...codeOfText(node)].forEach((code) => codes.add(code)));
  return [...codes].sort();
}
