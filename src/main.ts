#!/usr/bin/env node
import { keepHeapSmall } from "./cli/heap.js";
import { runProgram } from "./cli/program.js";

keepHeapSmall();
await runProgram(process.argv);
