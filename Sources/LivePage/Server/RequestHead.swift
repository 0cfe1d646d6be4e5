// The head of a request: what is asked for, by whom. Nothing of it is trusted.

/// A request line and the headers that matter, checked.
package struct RequestHead: Sendable, Equatable {
  package let method: String
  /// Without what follows a question mark.
  package let path: String
  /// The one header of that name.
  package let host: String
  package let origin: String?
  /// What a browser says of the page that asks.
  package let site: String?

  /// How long heads may be, and how many lines they may have.
  package static let mostBytes = 8192
  package static let mostLines = 100
  package static let longestPath = 1024

  /// The head that some lines are.
  ///
  /// - Throws: the status of the answer where it is none.
  init(lines: [ArraySlice<UInt8>]) throws(PageStatus) {
    if lines.count > Self.mostLines { throw .tooManyHeaders }
    guard let first = lines.first, !lines.contains(where: Self.hasControls) else {
      throw .badRequest
    }
    let words = first.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard words.count == 3, Self.isName(words[0]), words[2].starts(with: "HTTP/".utf8) else {
      throw .badRequest
    }
    guard ["HTTP/1.0", "HTTP/1.1"].contains(Self.text(words[2])) else { throw .otherVersion }
    guard words[1].count <= Self.longestPath else { throw .pathTooLong }
    guard words[1].first == UInt8(ascii: "/"), words[1].allSatisfy({ 0x21...0x7e ~= $0 }) else {
      throw .badRequest
    }
    method = Self.text(words[0])
    path = Self.text(words[1].prefix { $0 != UInt8(ascii: "?") })
    var values: [String: [String]] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")), Self.isName(line[..<colon]) else {
        throw .badRequest
      }
      values[Self.text(line[..<colon]).lowercased(), default: []]
        .append(Self.text(line[(colon + 1)...].trimmed))
    }
    guard let hosts = values["host"], hosts.count == 1 else { throw .badRequest }
    host = hosts[0]
    origin = values["origin"]?.joined(separator: ", ")
    site = values["sec-fetch-site"]?.joined(separator: ", ").lowercased()
  }

  /// Whether it is for this server. Another name in `Host` is how a page of another server reaches
  /// this one: its name leads to 127.0.0.1 once its page is there (DNS rebinding).
  func isFor(port: UInt16) -> Bool {
    let names = ["127.0.0.1", "localhost", "[::1]"]
    // Browsers leave out the port of the protocol.
    let isMeant = names.contains {
      host.lowercased() == "\($0):\(port)" || port == 80 && host.lowercased() == $0
    }
    guard isMeant else { return false }
    // Pages of others cannot read what they ask for, but they could take all seats.
    if let origin, !isSame(origin, port: port) { return false }
    return site == nil || site == "same-origin" || site == "none"
  }

  /// Whether an origin is the host of this request, whether either names the port 80 or not.
  private func isSame(_ origin: String, port: UInt16) -> Bool {
    func named(_ host: String) -> String {
      port == 80 && host.hasSuffix(":80") ? String(host.dropLast(3)) : host
    }
    return named(origin.lowercased()) == "http://" + named(host.lowercased())
  }

  private static func hasControls(_ line: ArraySlice<UInt8>) -> Bool {
    line.contains { $0 < 0x20 && $0 != 0x09 || $0 == 0x7f }
  }

  /// Whether it is a token of RFC 9110, 5.6.2.
  private static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
    !bytes.isEmpty
      && bytes.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
      }
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}

/// The bytes of a request as they come, until its head is there.
package struct RequestReader {
  private var bytes: [UInt8] = []

  package init() {}

  /// Adds what was read.
  ///
  /// - Returns: the head; `nil` where there is more to come.
  /// - Throws: the status of the answer where it is none, or too long.
  package mutating func add(_ more: [UInt8]) throws(PageStatus) -> RequestHead? {
    // An empty line may stand before a request (RFC 9112, 2.2).
    bytes += bytes.isEmpty ? Array(more.drop { $0 == 0x0d || $0 == 0x0a }) : more
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    while let end = bytes[start...].firstIndex(of: 0x0a), start <= RequestHead.mostBytes {
      let line = bytes[start..<end]
      let whole = line.last == 0x0d ? line.dropLast() : line
      if whole.isEmpty { return try RequestHead(lines: lines) }
      lines.append(whole)
      start = end + 1
    }
    if bytes.count > RequestHead.mostBytes { throw .tooManyHeaders }
    return nil
  }
}

extension ArraySlice<UInt8> {
  /// Without blanks around it.
  fileprivate var trimmed: ArraySlice<UInt8> {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    let start = drop(while: isBlank)
    guard let end = start.lastIndex(where: { !isBlank($0) }) else { return start.prefix(0) }
    return start[...end]
  }
}
