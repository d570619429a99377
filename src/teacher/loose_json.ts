/**
 * JSON as models write it: bare, in a fence, or with words around it.
 *
 * @module
 */

/** The first JSON object in a reply; undefined where there is none. */
export function looseObject(reply: string): Readonly<Record<string, unknown>> | undefined {
  for (let start = reply.indexOf("{"); start >= 0; start = reply.indexOf("{", start + 1)) {
    const found = parseObject(reply.slice(start, objectEnd(reply, start)));
    if (found) return found;
  }
}

/** Where the object that begins at `start` ends: braces inside strings do not count. */
function objectEnd(text: string, start: number): number {
  let depth = 0;
  let quoted = false;
  for (let i = start; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c === "\\") i++;
      else if (c === '"') quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === "{") depth++;
    else if (c === "}" && --depth === 0) return i + 1;
  }
  return text.length;
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? value as Record<string, unknown>
      : undefined;
  } catch {
    return undefined;
  }
}
