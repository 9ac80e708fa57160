"use strict";
// The table of completions. Every text comes from the packed columns and goes into the page as text,
// never as HTML. What is shown stands in the address (#show=wrong&search=...), so it can be linked to.
(async () => {
  const byId = (id) => document.getElementById(id);
  const status = byId("status");

  const dark = matchMedia("(prefers-color-scheme: dark)");
  const paint = () => document.documentElement.classList.toggle("dark", dark.matches);
  dark.addEventListener("change", paint);
  paint();

  const unpacked = async (id) => {
    const letters = atob(byId(id).textContent);
    const bytes = new Uint8Array(letters.length);
    for (let at = 0; at < letters.length; at++) bytes[at] = letters.charCodeAt(at);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    byId(id).remove();
    return JSON.parse(await new Response(stream).text());
  };
  const library = async () => {
    const { script, style } = await unpacked("library");
    const sheet = document.createElement("style");
    sheet.textContent = style;
    document.head.prepend(sheet);
    const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
    try {
      return (await import(address)).default;
    } finally {
      URL.revokeObjectURL(address);
    }
  };

  let data, DataTable;
  try {
    if (!("DecompressionStream" in window)) throw new Error("the browser is older than 2023");
    [data, DataTable] = await Promise.all([unpacked("data"), library()]);
  } catch (error) {
    status.textContent = `The table cannot be shown: ${error.message}`;
    throw error;
  }

  // Texts --------------------------------------------------------------------------------------

  const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\u{e0000}-\u{e007f}]/gu;
  const named = (character) => `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
  const seen = (text) => text.replace(HIDDEN, (character) => `[${named(character)}]`);
  const textOf = (column, row) => data.texts[data[column][row]];
  const fullText = (row) => data.head[row] + (data.tail[row] ?? "");
  const shown = (value) => (value === null ? "–" : String(value));
  const element = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };
  // A text as nodes, hidden characters named, the last place of an answer marked.
  const nodes = (text, answer = "") => {
    const place = answer ? text.lastIndexOf(answer) : -1;
    const plain = (piece) => {
      const made = [];
      let last = 0;
      for (const match of piece.matchAll(HIDDEN)) {
        made.push(piece.slice(last, match.index), element("span", { class: "hidden" }, named(match[0])));
        last = match.index + match[0].length;
      }
      return [...made, piece.slice(last)];
    };
    if (place < 0) return plain(text);
    const end = place + answer.length;
    return [...plain(text.slice(0, place)), element("mark", {}, ...plain(text.slice(place, end))), ...plain(text.slice(end))];
  };

  // What is shown ------------------------------------------------------------------------------

  const count = data.rows.length;
  const kindOf = (verdict) => (row) => data.verdicts[data.verdict[row]] === verdict;
  const KINDS = {
    all: [() => true, ""],
    correct: [kindOf("correct"), ""],
    wrong: [kindOf("wrong"), ""],
    "no answer": [kindOf("no answer"), ""],
    undecided: [kindOf("undecided"), "The comparison was stopped by its deadline: paid as wrong."],
    "no opinion": [kindOf("no opinion"), "The row has no gold that the reward could compare with."],
    disagreeing: [(row) => data.against[row].length > 0, "Two judges differ, or a part that mostly goes with the verdict goes against it here."],
    suspicious: [(row) => data.odd[row].length > 0, `Paid although odd: ${data.oddities.map(([name, meaning]) => `${name} (${meaning})`).join("; ")}.`],
  };
  const counts = Object.fromEntries(Object.entries(KINDS).map(([name, [holds]]) => [name, data.rows.reduce((sum, _, row) => sum + holds(row), 0)]));
  const state = { show: "all", search: "", reason: "", problem: "", row: "" };

  const haystacks = new Array(count);
  const haystack = (row) => (haystacks[row] ??= [textOf("names", row), textOf("prompt", row), fullText(row), textOf("answer", row), textOf("gold", row), textOf("reason", row)].join("\n").toLowerCase());
  // Every word has to occur; words in quotation marks stay together.
  const wordsOf = (search) => [...search.toLowerCase().matchAll(/"([^"]+)"|(\S+)/g)].map((match) => match[1] ?? match[2]);
  const filter = () => {
    const [holds] = KINDS[state.show];
    const words = wordsOf(state.search);
    const reason = state.reason === "" ? null : Number(state.reason);
    const problem = state.problem === "" ? null : Number(state.problem);
    const only = state.row === "" ? null : Number(state.row);
    return (row) =>
      holds(row) &&
      (reason === null || data.reasonKind[row] === reason) &&
      (problem === null || data.problems[row] === problem) &&
      (only === null || data.rows[row] === only) &&
      words.every((word) => haystack(row).includes(word));
  };

  // The table ----------------------------------------------------------------------------------

  const snippet = (text) => seen(text.length > 300 ? `${text.slice(0, 300)}…` : text);
  const textual = (title, value, width, least = 0) => ({ title, width, least, className: "", type: "string", key: (row) => value(row).toLowerCase(), fill: (cell, row) => { cell.textContent = snippet(value(row)); cell.dir = "auto"; } });
  const numeric = (title, value, width, least = 0) => ({ title, width, least, className: "dt-right", type: "num", key: (row) => value(row) ?? -Infinity, fill: (cell, row) => { cell.textContent = shown(value(row)); } });
  const verdictCell = (cell, row) => {
    const verdict = data.verdicts[data.verdict[row]];
    if (verdict) cell.append(element("span", { class: `dot v-${verdict.replace(" ", "-")}` }), verdict);
    if (data.odd[row].length) cell.append(element("span", { class: "badge odd", title: "suspicious" }, "!"));
    if (data.against[row].length) cell.append(element("span", { class: "badge against", title: "disagreeing" }, "≠"));
  };
  const opener = { title: "", width: "1.2rem", className: "dt-center", orderable: false, type: "num", key: (row) => row, fill: (cell, row) => cell.append(element("button", { class: "opener", type: "button", "aria-expanded": "false", "aria-label": `Row ${data.rows[row]}` }, "▸")) };
  // Columns that are left out on a screen of fewer pixels.
  const [NARROW, WIDE] = [640, 1200];
  const columns = [
    opener,
    numeric("row", (row) => data.rows[row], "3.8rem", NARROW),
    ...(data.steps ? [numeric("step", (row) => data.steps[row], "3.8rem", NARROW)] : []),
    textual("problem", (row) => textOf("prompt", row) || textOf("names", row), "auto"),
    textual("answer", (row) => textOf("answer", row), "6.5rem", NARROW),
    ...(data.gold.some((place) => data.texts[place]) ? [textual("gold", (row) => textOf("gold", row), "5.5rem", NARROW)] : []),
    { title: "verdict", width: "8.2rem", className: "", type: "string", key: (row) => String(data.verdict[row]), fill: verdictCell },
    numeric("score", (row) => data.score[row], "4rem"),
    ...data.part.slice(0, 4).map((scores, place) => numeric(seen(data.parts[place]), (row) => scores[row], "6.4rem", WIDE)),
  ];
  let holds = () => true;
  const screens = [NARROW, WIDE].map((least) => [least, matchMedia(`(min-width: ${least}px)`)]);
  const fits = (least) => screens.every(([width, screen]) => least < width || screen.matches);
  const escaped = (text) => { const holder = document.createElement("i"); holder.textContent = text; return holder.innerHTML.replaceAll("_", "_<wbr>"); };
  const table = new DataTable("#table", {
    data: Array.from({ length: count }, (_, row) => [row]),
    columns: columns.map(({ title, width, least = 0, className, type, key, fill, orderable = true }) => ({
      title: escaped(title), width, className, type, orderable, visible: fits(least), data: 0, searchable: false, defaultContent: "",
      render: (row, wanted) => (wanted === "display" ? "" : key(row)),
      createdCell: (cell, row) => fill(cell, row),
    })),
    order: [], autoWidth: false, deferRender: true, pageLength: 25, lengthMenu: [10, 25, 50, 100],
    layout: { topStart: null, topEnd: null, bottomStart: "info", bottomEnd: "paging", bottom2Start: "pageLength" },
    language: { emptyTable: "No completions", zeroRecords: "No completion is like that", lengthMenu: "_MENU_ a page", info: "_START_ to _END_ of _TOTAL_", infoFiltered: "(of _MAX_)", infoEmpty: "None" },
  });
  const refit = () => {
    columns.forEach(({ least = 0 }, place) => table.column(place).visible(fits(least), false));
    table.columns.adjust();
  };
  for (const [, screen] of screens) screen.addEventListener("change", refit);
  table.search.fixed("shown", (_, cells) => holds(cells[0]));

  // A completion -------------------------------------------------------------------------------

  const block = (title, ...children) => element("section", {}, element("h4", {}, title), ...children);
  const chip = (title, changes) => {
    const button = element("button", { type: "button", class: "chip" }, title);
    button.addEventListener("click", () => set(changes));
    return button;
  };
  const sheetOf = (row) => {
    const answer = textOf("answer", row), gold = textOf("gold", row), reason = textOf("reason", row), rule = textOf("rule", row);
    const text = element("pre", { dir: "auto" }, ...nodes(data.head[row], data.tail[row] ? "" : answer));
    if (data.tail[row] !== undefined) text.append(element("span", { class: "omitted" }, `\n… ${data.omitted[row].toLocaleString("en")} characters left out …\n`), ...nodes(data.tail[row], answer));
    const verdict = data.verdicts[data.verdict[row]];
    const explained = [
      ...(verdict ? [block("verdict", element("p", {}, verdict, ...(rule ? [`, by the rule “${seen(rule)}”`] : [])))] : []),
      ...(reason ? [block("reason", element("p", { dir: "auto" }, ...nodes(reason)))] : []),
      ...(answer ? [block("answer", element("pre", { dir: "auto" }, ...nodes(answer)))] : []),
      ...(gold ? [block("gold", element("pre", { dir: "auto" }, ...nodes(gold)))] : []),
    ];
    const scores = element("table", { class: "plain" }, element("tbody", {},
      ...data.parts.map((name, place) => element("tr", {}, element("td", {}, seen(name), ...(data.against[row].includes(place) ? [element("span", { class: "badge against" }, "≠")] : [])), element("td", { class: "n" }, shown(data.part[place][row])))),
      element("tr", {}, element("td", {}, element("strong", {}, "score")), element("td", { class: "n" }, element("strong", {}, shown(data.score[row]))))));
    const remarks = [
      ...data.odd[row].map((place) => `${data.oddities[place][0]}: ${data.oddities[place][1]}`),
      ...data.against[row].map((place) => (place < 0 ? "the judges differ" : `${seen(data.parts[place])} mostly goes with the verdict, and goes against it here`)),
    ];
    const right = element("div", {}, ...explained, block("scores", scores),
      ...(remarks.length ? [block("look at it, because", element("ul", {}, ...remarks.map((remark) => element("li", {}, remark))))] : []),
      element("p", {}, chip("its problem", { show: "all", search: "", reason: "", row: "", problem: String(data.problems[row]) }), " ", chip("only this row", { show: "all", search: "", reason: "", problem: "", row: String(data.rows[row]) })));
    const prompt = textOf("prompt", row);
    return element("div", { class: "sheet" }, element("div", {}, ...(prompt ? [block("prompt", element("pre", { dir: "auto" }, ...nodes(prompt)))] : []), block("completion", text)), right);
  };
  const opened = new Set();
  const toggle = (line) => {
    const entry = table.row(line);
    const open = !opened.delete(line);
    if (open) {
      opened.add(line);
      entry.child(sheetOf(entry.data()[0]), "opened").show();
    } else entry.child.remove();
    const button = line.querySelector(".opener");
    button.textContent = open ? "▾" : "▸";
    button.setAttribute("aria-expanded", String(open));
  };
  byId("table").addEventListener("click", (event) => {
    const line = event.target.closest("tr");
    if (line?.parentElement.tagName === "TBODY" && !event.target.closest(".sheet") && line.querySelector(".opener")) toggle(line);
  });

  // The tools ----------------------------------------------------------------------------------

  const buttons = {};
  for (const [name, number] of Object.entries(counts)) {
    if (!number && name !== "all") continue;
    buttons[name] = element("button", { type: "button", "aria-pressed": "false" }, `${name} `, element("small", {}, number.toLocaleString("en")));
    buttons[name].addEventListener("click", () => set({ show: name, reason: "", problem: "", row: "" }));
    byId("kinds").append(buttons[name]);
  }
  const apply = () => {
    holds = filter();
    for (const line of [...opened]) toggle(line);
    table.draw();
    for (const [name, button] of Object.entries(buttons)) button.setAttribute("aria-pressed", String(name === state.show));
    if (byId("search").value !== state.search) byId("search").value = state.search;
    byId("meaning").textContent = KINDS[state.show][1];
    const chosen = ["reason", "problem", "row"].filter((key) => state[key] !== "");
    byId("chosen").replaceChildren(...chosen.map((key) => chip(`✕ one ${key}`, { [key]: "" })));
    const first = document.querySelector("#table tbody .opener");
    if (state.row !== "" && first) toggle(first.closest("tr"));
    document.documentElement.dataset.matching = table.page.info().recordsDisplay;
    document.documentElement.dataset.shown = location.hash.slice(1);
  };
  const read = () => {
    const asked = new URLSearchParams(location.hash.slice(1));
    const keys = Object.keys(state).filter((key) => asked.has(key));
    if (!keys.length) return false;
    for (const key of Object.keys(state)) state[key] = asked.get(key) ?? "";
    if (!Object.hasOwn(KINDS, state.show)) state.show = "all";
    for (const key of ["reason", "problem", "row"]) if (!/^\d*$/.test(state[key])) state[key] = "";
    return true;
  };
  const set = (changes) => {
    Object.assign(state, changes);
    const kept = Object.entries(state).filter(([key, value]) => value !== "" && !(key === "show" && value === "all"));
    try {
      history.replaceState(null, "", `#${new URLSearchParams(kept)}`);
    } catch { /* a page without an address of its own, as in a notebook */ }
    apply();
  };
  let waiting;
  byId("search").addEventListener("input", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => set({ search: event.target.value }), 200);
  });
  for (const button of document.querySelectorAll("[data-show], [data-reason]")) {
    button.addEventListener("click", () => {
      set({ search: "", problem: "", row: "", reason: button.dataset.reason ?? "", show: button.dataset.show ?? "no answer" });
      byId("completions").scrollIntoView({ behavior: "smooth" });
    });
  }
  addEventListener("hashchange", () => { if (read()) apply(); });

  const linked = read();
  byId("tools").hidden = false;
  status.textContent = "";
  apply();
  if (linked) byId("completions").scrollIntoView();
  document.documentElement.dataset.ready = "yes";
})();
