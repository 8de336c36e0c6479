// Discord's markdown, read into a small tree of plain objects. Nothing here makes markup:
// `markdown_nodes.js` turns the tree into elements and text nodes.
// Source: https://discord.com/developers/docs/reference#message-formatting

/** Inline rules, tried in order at each position. `inner` is parsed again. */
const INLINE = [
  { kind: "text", at: /^\\([^0-9A-Za-z\s])/, make: (m) => ({ text: m[1] }) },
  { kind: "code", at: /^(`+)([^]*?[^`])\1(?!`)/, make: (m) => ({ text: m[2] }) },
  { kind: "time", at: /^<t:(-?\d{1,14})(?::([tTdDfFR]))?>/, make: (m) => ({ unix: Number(m[1]), style: m[2] }) },
  { kind: "user", at: /^<@!?(\d+)>/, make: (m) => ({ id: m[1] }) },
  { kind: "role", at: /^<@&(\d+)>/, make: (m) => ({ id: m[1] }) },
  { kind: "channel", at: /^<#(\d+)>/, make: (m) => ({ id: m[1] }) },
  { kind: "command", at: /^<\/([-\w ]{1,98}):(\d+)>/u, make: (m) => ({ path: m[1] }) },
  { kind: "emoji", at: /^<a?:(\w{2,32}):(\d+)>/, make: (m) => ({ name: m[1] }) },
  { kind: "everyone", at: /^@(everyone|here)/, make: (m) => ({ text: m[0] }) },
  { kind: "link", at: /^\[((?:\\.|[^[\]\\])+)\]\(<?(https?:\/\/[^\s)>]+)>?\)/, make: (m) => ({ inner: m[1], url: m[2] }) },
  { kind: "link", at: /^<(https?:\/\/[^\s>]+)>/, make: (m) => ({ text: m[1], url: m[1] }) },
  { kind: "link", at: /^https?:\/\/[^\s<>]*[^\s<>.,:;"')\]]/, make: (m) => ({ text: m[0], url: m[0] }) },
  { kind: "spoiler", at: /^\|\|([^]+?)\|\|/, make: (m) => ({ inner: m[1] }) },
  { kind: "strong", at: /^\*\*((?:\\[^]|[^\\])+?)\*\*(?!\*)/, make: (m) => ({ inner: m[1] }) },
  { kind: "underline", at: /^__((?:\\[^]|[^\\])+?)__(?!_)/, make: (m) => ({ inner: m[1] }) },
  { kind: "strike", at: /^~~((?:\\[^]|[^\\])+?)~~/, make: (m) => ({ inner: m[1] }) },
  { kind: "emphasis", at: /^\*(?![\s*])((?:\*\*|\\[^]|[^*\\])+?)\*(?!\*)/, make: (m) => ({ inner: m[1] }) },
  { kind: "emphasis", at: /^_((?:__|\\[^]|[^_\\])+?)_(?![0-9A-Za-z_])/, make: (m) => ({ inner: m[1] }) },
];

/** A mark nested deeper than this is shown as it was typed. */
const DEEPEST = 12;

/** Text inside a line: the tree's leaves and marks. */
export function parseInline(source, depth = 0) {
  const nodes = [];
  let plain = "";
  const flush = () => {
    if (plain) nodes.push({ kind: "text", text: plain });
    plain = "";
  };
  let rest = source;
  let before = "";
  while (rest) {
    const found = depth < DEEPEST ? firstMatch(rest, before) : null;
    if (!found) {
      // One run of ordinary characters at a time keeps long texts quick.
      const run = /^(?:[^\\`<@[h|*_~\n]+|[^])/u.exec(rest)[0];
      plain += run;
      before = run[run.length - 1];
      rest = rest.slice(run.length);
      continue;
    }
    const { rule, match } = found;
    const node = { kind: rule.kind, ...rule.make(match) };
    if (node.kind === "text") plain += node.text;
    else {
      flush();
      if (node.inner !== undefined) node.children = parseInline(node.inner, depth + 1);
      nodes.push(node);
    }
    before = match[0][match[0].length - 1];
    rest = rest.slice(match[0].length);
  }
  flush();
  return nodes;
}

function firstMatch(rest, before) {
  for (const rule of INLINE) {
    // snake_case_names keep their underscores.
    if (rest[0] === "_" && /[0-9A-Za-z]/.test(before)) return null;
    const match = rule.at.exec(rest);
    if (match) return { rule, match };
  }
  return null;
}

const FENCE = /^```(?:([\w+.-]*)\n)?([^]*?)\n?```/;

function parseLine(line) {
  const heading = /^(#{1,3})\s+(.+)$/.exec(line);
  if (heading) return { kind: `heading${heading[1].length}`, children: parseInline(heading[2]) };
  const small = /^-#\s+(.+)$/.exec(line);
  if (small) return { kind: "subtext", children: parseInline(small[1]) };
  const bullet = /^(\s*)[-*]\s+(.+)$/.exec(line);
  if (bullet) return { kind: "bullet", deep: bullet[1].length > 1, children: parseInline(bullet[2]) };
  return { kind: "line", children: parseInline(line) };
}

/** A whole text: blocks (lines, quotes, headings, bullets, fenced code). */
export function parseMarkdown(source) {
  const blocks = [];
  let rest = source;
  while (rest) {
    const fence = FENCE.exec(rest);
    if (fence) {
      blocks.push({ kind: "fence", language: fence[1] ?? "", text: fence[2] });
      rest = rest.slice(fence[0].length).replace(/^\n/, "");
      continue;
    }
    if (rest.startsWith(">>> ")) {
      blocks.push({ kind: "quote", blocks: parseMarkdown(rest.slice(4)) });
      break;
    }
    const quote = /^> ?[^\n]*(?:\n> ?[^\n]*)*/.exec(rest);
    if (quote && rest.startsWith("> ")) {
      blocks.push({ kind: "quote", blocks: parseMarkdown(quote[0].replace(/^> ?/gm, "")) });
      rest = rest.slice(quote[0].length).replace(/^\n/, "");
      continue;
    }
    const end = nextBreak(rest);
    blocks.push(parseLine(rest.slice(0, end)));
    rest = rest.slice(end).replace(/^\n/, "");
  }
  return blocks;
}

/** Where the line ends: at its newline, or where a fence opens in it, never inside a mark. */
function nextBreak(rest) {
  const newline = rest.indexOf("\n");
  const end = newline < 0 ? rest.length : newline;
  const fence = rest.indexOf("```", 1);
  return fence > 0 && fence < end && FENCE.test(rest.slice(fence)) ? fence : end;
}
