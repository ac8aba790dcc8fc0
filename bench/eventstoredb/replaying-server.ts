import { createServer, type ServerHttp2Stream } from "node:http2";
import { Readable } from "node:stream";
import { parseArgs } from "node:util";
import { shared, streams } from "../../src/eventstore/eventstoredb/protocol.js";
import { fill } from "../../test/support/eventstoredb/filled-log.js";
import { MemoryLog } from "../../test/support/eventstoredb/memory-log.js";
import { eventResponse } from "../../test/support/eventstoredb/node-messages.js";

/**
 * Sends the answers of the test server to a reading from the start as bytes that were ready before, in a process of its own until its standard input ends:
 * it costs next to nothing, so that the reader's own cost is what takes the time. Whatever it is asked, it sends the events of the bench: to a reading
 * until there are no more, to a subscription with its confirmation before and that it has caught up behind. Prints its connection string.
 */
const CHUNK_BYTES = 64 * 1024;
/** Of a message within an answer: a byte that says that it is not compressed, and its length (gRPC over HTTP2). */
const FRAME_BYTES = 5;

const { values } = parseArgs({ options: { events: { type: "string", default: "0" }, "stream-prefix": { type: "string", default: "il.bench." } } });
const events = readyEvents(Number(values.events), values["stream-prefix"]);
const confirmed = framed(new streams.ReadResp().setConfirmation(new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId("1")));
const caughtUp = framed(new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp()));

const server = createServer();
server.on("stream", (stream: ServerHttp2Stream) => void answer(stream));
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  process.stdout.write(`esdb://127.0.0.1:${port}?tls=false\n`);
});
process.stdin.on("end", () => process.exit()).resume();

async function answer(stream: ServerHttp2Stream): Promise<void> {
  // A reader that has enough breaks off.
  stream.on("error", () => undefined);
  stream.respond({ ":status": 200, "content-type": "application/grpc+proto" }, { waitForTrailers: true });
  stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
  const isSubscription = (await requestOf(stream)).getOptions()?.hasSubscription() === true;
  Readable.from(isSubscription ? [confirmed, ...events, caughtUp] : events).pipe(stream, { end: !isSubscription });
}

async function requestOf(stream: ServerHttp2Stream): Promise<streams.ReadReq> {
  let bytes = Buffer.alloc(0);
  while (bytes.length < FRAME_BYTES || bytes.length < FRAME_BYTES + bytes.readUInt32BE(1)) {
    bytes = Buffer.concat([bytes, await new Promise<Buffer>((resolve) => stream.once("data", resolve))]);
  }
  return streams.ReadReq.deserializeBinary(bytes.subarray(FRAME_BYTES));
}

/** The events as the test server sends them, many in one chunk. */
function readyEvents(count: number, streamPrefix: string): readonly Buffer[] {
  const log = new MemoryLog();
  fill(log, { events: count, streamPrefix });
  const asText = new streams.ReadReq.Options().setUuidOption(new streams.ReadReq.Options.UUIDOption().setString(new shared.Empty()));
  const chunks: Buffer[] = [];
  let frames: Buffer[] = [];
  let sizeBytes = 0;
  for (const event of log.events) {
    const frame = framed(eventResponse(event, asText));
    if (sizeBytes + frame.length > CHUNK_BYTES) {
      chunks.push(Buffer.concat(frames));
      [frames, sizeBytes] = [[], 0];
    }
    frames.push(frame);
    sizeBytes += frame.length;
  }
  return [...chunks, Buffer.concat(frames)];
}

function framed(response: streams.ReadResp): Buffer {
  const message = response.serializeBinary();
  const head = Buffer.alloc(FRAME_BYTES);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}
