// Answers: a status, headers and a body.

/// The status of an answer.
package enum PageStatus: Int, Error, Sendable {
  case ok = 200
  case badRequest = 400
  case notForThisHost = 403
  case notFound = 404
  case wrongMethod = 405
  case tooSlow = 408
  case pathTooLong = 414
  case tooManyHeaders = 431
  case noSeat = 503
  case otherVersion = 505

  /// The reason of the status line.
  var reason: String {
    switch self {
    case .ok: "OK"
    case .badRequest: "Bad Request"
    case .notForThisHost: "Forbidden"
    case .notFound: "Not Found"
    case .wrongMethod: "Method Not Allowed"
    case .tooSlow: "Request Timeout"
    case .pathTooLong: "URI Too Long"
    case .tooManyHeaders: "Request Header Fields Too Large"
    case .noSeat: "Service Unavailable"
    case .otherVersion: "HTTP Version Not Supported"
    }
  }

  /// What is said to whoever reads the answer.
  var text: String {
    switch self {
    case .ok: ""
    case .badRequest: "this is no request of HTTP/1.1 with one Host"
    case .notForThisHost:
      "expected the address that kmeans has printed, from a page of its own or from none"
    case .notFound: "expected /, /events, /metrics or /model"
    case .wrongMethod: "expected GET or HEAD"
    case .tooSlow: "the request took too long"
    case .pathTooLong: "the path is too long"
    case .tooManyHeaders: "the head of the request is too long"
    case .noSeat: "\(Seats.most) pages are open already"
    case .otherVersion: "expected HTTP/1.1"
    }
  }
}

/// An answer.
package struct PageResponse: Sendable {
  /// What follows the headers.
  package enum Body: Sendable {
    case bytes([UInt8])
    /// Pieces until there are no more.
    case model(ModelText)
    /// The events of the stream, as long as somebody listens.
    case events
  }

  package let status: PageStatus
  package let body: Body
  private let type: String

  package init(_ status: PageStatus, _ type: String, _ body: Body) {
    (self.status, self.type, self.body) = (status, type, body)
  }

  /// A refusal, with a line that says why.
  package init(_ status: PageStatus) {
    self.init(status, "text/plain; charset=utf-8", .bytes(Array("\(status.text)\n".utf8)))
  }

  /// The status line and the headers. No answer has headers for pages of other servers, and each
  /// ends its connection.
  package var head: [UInt8] {
    var lines = [
      "HTTP/1.1 \(status.rawValue) \(status.reason)", "Content-Type: \(type)",
      "Cache-Control: no-store", "Connection: close", "X-Content-Type-Options: nosniff",
      "Cross-Origin-Resource-Policy: same-origin", "Referrer-Policy: no-referrer",
      "Content-Security-Policy: \(Self.policy)",
    ]
    if case .bytes(let bytes) = body { lines.append("Content-Length: \(bytes.count)") }
    if status == .wrongMethod { lines.append("Allow: GET, HEAD") }
    if status == .noSeat { lines.append("Retry-After: 5") }
    return Array((lines + ["", ""]).joined(separator: "\r\n").utf8)
  }

  /// The page loads nothing from elsewhere, and stands in no frame of others.
  private static let policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}
