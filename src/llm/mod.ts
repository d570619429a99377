/**
 * Asking language models: endpoints, requests, the request log, limits and budget.
 *
 * @module
 */
export * from "./budget.ts";
export { ChatTemplate, type ChatTemplateSource } from "./chat_template.ts";
export { readChatTemplate } from "./chat_template_file.ts";
export * from "./client.ts";
export * from "./control.ts";
export type { Probe } from "./breaker.ts";
export * from "./endpoint.ts";
export { countRequests, type RequestCounts } from "./log_counts.ts";
export { type ExportedLog, exportLogs } from "./log_export.ts";
export type { LogRow } from "./log_format.ts";
export * from "./request.ts";
export { RequestLog } from "./request_log.ts";
