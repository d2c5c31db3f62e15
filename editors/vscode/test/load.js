// Loads the bundle as the editor does, with a stand-in for the editor's own module.
"use strict";

const assert = require("node:assert");
const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");

const folder = path.dirname(__dirname);
const read = (name) => JSON.parse(fs.readFileSync(path.join(folder, name), "utf8"));

// Every text of the code is there in each language, and no other.
const code = fs.readFileSync(path.join(folder, "extension.js"), "utf8");
const said = new Set([...code.matchAll(/l10n\.t\("([^"]+)"/g)].map((match) => match[1]));
said.add(code.match(/const said = "([^"]+)"/)[1]);
for (const [, title] of code.matchAll(/\["\w+", "([^"]+)"\],/g)) said.add(title);
const english = read("package.nls.json");
for (const tag of ["pl", "sv"]) {
  assert.deepStrictEqual(new Set(Object.keys(read(`l10n/bundle.l10n.${tag}.json`))), said, `texts in ${tag}`);
  assert.deepStrictEqual(Object.keys(read(`package.nls.${tag}.json`)), Object.keys(english), `manifest in ${tag}`);
}
for (const [, key] of JSON.stringify(read("package.json")).matchAll(/"%(\w+)%"/g)) assert.ok(english[key], key);

// A stand-in: anything that is asked of the editor is a class, a function and an object.
const registered = [];
const anything = () =>
  new Proxy(class {}, {
    get: (target, key) => {
      if (key === "prototype" || key === Symbol.hasInstance) return target[key];
      if (key === "then") return undefined;
      if (key === Symbol.toPrimitive) return () => "1.99.0";
      return (target[key] ??= anything());
    },
    apply: () => anything(),
    construct: (target) => new target(),
  });
const editor = anything();
editor.version = "1.99.0";
editor.commands.registerCommand = (name) => (registered.push(name), { dispose() {} });
const original = Module._load;
Module._load = (request, ...rest) => (request === "vscode" ? editor : original(request, ...rest));

const bundle = require(path.join(folder, "dist/extension.js"));
assert.strictEqual(typeof bundle.activate, "function");
assert.strictEqual(typeof bundle.deactivate, "function");
const context = { subscriptions: [] };
bundle.activate(context).catch(() => undefined);
assert.deepStrictEqual(registered, ["gamma-ok.preview", "gamma-ok.restart"]);
assert.strictEqual(context.subscriptions.length, 4);
console.log("the bundle loads");
process.exit(0);
