// Starts the language server of gamma-ok and shows its documents beside the text. Nothing leaves this machine.
"use strict";

const { execFile } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

/** The documents that can be shown, by the command that makes each. */
const DOCUMENTS = [
  ["manual", "Training manual"],
  ["checklist", "Checklist"],
  ["blueprint", "Blueprint"],
  ["matrix", "Matrix"],
];

/** Larger pages are not shown. */
const MOST_BYTES = 64 * 1024 * 1024;

let client;
let panel;
/** What the panel shows: the command and the book's folder. */
let shown;

const settings = () => vscode.workspace.getConfiguration("gamma-ok");
const program = () => settings().get("program") || "gamma-ok";

/** The language to speak: the one that is set, else the editor's. */
const language = () => settings().get("language") || vscode.env.language.split("-")[0];

async function start() {
  const server = { command: program(), args: ["lsp"] };
  const files = "**/{gamma-ok.yaml,roles.yaml,sequences/**,traits/**,sites/**,chapters/**,audits/**,reviews/**,feedback/**,editions/**}";
  client = new LanguageClient("gamma-ok", "gamma-ok", server, {
    documentSelector: [{ scheme: "file", language: "yaml" }, { scheme: "file", language: "markdown" }],
    synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher(files) },
  });
  if (settings().get("language")) server.args.push("--lang", settings().get("language"));
  try {
    await client.start();
    await vscode.commands.executeCommand("setContext", "gamma-ok.running", true);
  } catch (error) {
    const said = "The program `{0}` cannot be started: {1}. Install gamma-ok, or name its place in the setting `gamma-ok.program`.";
    vscode.window.showErrorMessage(vscode.l10n.t(said, program(), error.message));
  }
}

async function stop() {
  await vscode.commands.executeCommand("setContext", "gamma-ok.running", false);
  const last = client;
  client = undefined;
  if (last) await last.stop().catch(() => undefined);
}

/** The folder of the book that a file lies in. */
function bookOf(file) {
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    if (fs.existsSync(path.join(folder, "gamma-ok.yaml"))) return folder;
    if (folder === path.dirname(folder)) return undefined;
  }
}

/** A document of a book as a page. */
function page(command, book) {
  const words = [command, "--format", command === "blueprint" ? "svg" : "html", "--book", book];
  const options = { maxBuffer: MOST_BYTES, env: { ...process.env, LC_ALL: `${language()}.UTF-8` } };
  return new Promise((resolve, reject) => {
    execFile(program(), words, options, (error, out, err) => (error ? reject(new Error(err || error.message)) : resolve(out)));
  });
}

const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

async function refresh() {
  if (!panel || !shown) return;
  try {
    panel.webview.html = await page(...shown);
  } catch (error) {
    const title = vscode.l10n.t("The document cannot be made:");
    panel.webview.html = `<p>${escaped(title)}</p><pre>${escaped(error.message)}</pre>`;
  }
}

async function preview() {
  const file = vscode.window.activeTextEditor?.document.uri.fsPath;
  const book = file && bookOf(file);
  if (!book) {
    vscode.window.showWarningMessage(vscode.l10n.t("This file lies in no book: no folder above it has a gamma-ok.yaml."));
    return;
  }
  const items = DOCUMENTS.map(([command, title]) => ({ label: vscode.l10n.t(title), command }));
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t("Which document?") });
  if (!chosen) return;
  if (!panel) {
    const beside = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    // A page holds what others wrote: its scripts stay off.
    panel = vscode.window.createWebviewPanel("gamma-ok", "gamma-ok", beside, { enableScripts: false });
    panel.onDidDispose(() => {
      panel = undefined;
      shown = undefined;
    });
  }
  panel.title = chosen.label;
  shown = [chosen.command, book];
  await refresh();
}

async function activate(context) {
  context.subscriptions.push(
    vscode.commands.registerCommand("gamma-ok.preview", preview),
    vscode.commands.registerCommand("gamma-ok.restart", async () => {
      await stop();
      await start();
    }),
    vscode.workspace.onDidSaveTextDocument((document) => {
      if (shown && document.uri.fsPath.startsWith(shown[1])) refresh();
    }),
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (!change.affectsConfiguration("gamma-ok")) return;
      await stop();
      await start();
    }),
  );
  await start();
}

module.exports = { activate, deactivate: stop };
