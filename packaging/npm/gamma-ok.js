#!/usr/bin/env node
// Starts the program of this system, which npm has put beside this package, and ends as it ends.
"use strict";

const { spawn } = require("node:child_process");
const os = require("node:os");

const name = `@gamma-ok/${process.platform}-${process.arch}`;
const file = process.platform === "win32" ? "gamma-ok.exe" : "gamma-ok";

/** @returns {string} Where the program is. */
function program() {
  try {
    return require.resolve(`${name}/bin/${file}`);
  } catch {
    console.error(`gamma-ok: the package ${name} is not installed: there is none for this system, or npm was told to leave`);
    console.error("optional packages out (--omit=optional). Other ways to get the program: https://github.com/gamma-ok/gamma-ok");
    process.exit(2);
  }
}

const child = spawn(program(), process.argv.slice(2), { stdio: "inherit" });
// Whoever asks this process to end means the program; at a terminal it is told as well, and the second time changes nothing.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("error", (error) => {
  console.error(`gamma-ok: ${error.message}`);
  process.exit(2);
});
child.on("exit", (status, signal) => process.exit(signal ? 128 + os.constants.signals[signal] : status));
