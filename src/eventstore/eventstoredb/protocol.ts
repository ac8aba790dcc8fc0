/** The only file that imports `@eventstore/db-client`, so that its successor can take its place here. */
import { convertToCommandError, EventStoreDBClient, type ChannelCredentialOptions } from "@eventstore/db-client";
import shared from "@eventstore/db-client/generated/shared_pb.js";
import streams from "@eventstore/db-client/generated/streams_pb.js";
import streamsGrpc from "@eventstore/db-client/generated/streams_grpc_pb.js";

export { convertToCommandError, EventStoreDBClient, shared, streams, type ChannelCredentialOptions };
export const { StreamsClient, StreamsService } = streamsGrpc;
/** The calls of the `Streams` service, with the types of their messages. */
export type Streams = streamsGrpc.StreamsClient;
