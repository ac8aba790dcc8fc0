import { MUTATIONS } from "../commands/mutations.js";
import { runCommand, type CommandArgs } from "../commands/run-command.js";
import type { Context } from "../context.js";
import type { FieldResolvers } from "./resolver.js";

export const mutations: FieldResolvers = Object.fromEntries(
  [...MUTATIONS].map(([field, type]) => [field, (_: unknown, args: CommandArgs, context: Context) => runCommand(type, args, context)]),
);
