/** A server that names no type is given the benefit of the doubt; it cannot be a captive portal's page. */
export function isEventStream(response: Response): boolean {
  const type = response.headers.get('content-type');
  return type === null || type.toLowerCase().startsWith('text/event-stream');
}

/** The headers, without those that describe the body as it was on the wire. */
export function bodyHeaders(response: Response): Headers {
  const headers = new Headers(response.headers);
  headers.delete('content-encoding');
  headers.delete('content-length');
  headers.delete('transfer-encoding');
  return headers;
}

/** A reply that throws `error` to whoever reads it. */
export function brokenResponse(response: Response, error: unknown): Response {
  const body = new ReadableStream<Uint8Array>({ start: (controller) => controller.error(error) });
  return new Response(body, { status: 200, headers: bodyHeaders(response) });
}
