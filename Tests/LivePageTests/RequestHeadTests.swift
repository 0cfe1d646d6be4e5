import KMeansLivePage
import Testing

/// Requests, well-formed and not.
@Suite struct RequestHeadTests {
  private static let routes = Routes(LiveFeed(), port: 8080)

  /// The status of the answer; nothing where more is awaited.
  static func status(_ text: String) -> Int? {
    var reader = RequestReader()
    do throws(PageStatus) {
      return try reader.add(Array(text.utf8)).map { routes.answer($0).status.rawValue }
    } catch {
      return error.rawValue
    }
  }

  private static func get(_ path: String, _ headers: String...) -> Int? {
    status("GET \(path) HTTP/1.1\r\n\(headers.map { "\($0)\r\n" }.joined())\r\n")
  }

  @Test(
    arguments: [
      ("127.0.0.1:8080", 200), ("localhost:8080", 200), ("LOCALHOST:8080", 200),
      ("[::1]:8080", 200), ("127.0.0.1", 403), ("127.0.0.1:8081", 403), ("evil.example:8080", 403),
      ("127.0.0.1:8080.evil.example", 403), ("localhost", 403), ("", 403),
      ("127.0.0.1:8080, evil.example", 403), ("user@localhost:8080", 403), ("0.0.0.0:8080", 403),
    ]) func `names of hosts`(_ host: String, _ status: Int)
  {
    #expect(Self.get("/", "Host: \(host)") == status)
  }

  /// Browsers leave out the port of the protocol, in `Host` and in `Origin`.
  @Test(
    arguments: [
      ("localhost", "http://localhost", true), ("localhost:80", "http://localhost", true),
      ("127.0.0.1", "http://127.0.0.1:80", true), ("127.0.0.1", "http://localhost", false),
      ("localhost:8080", "http://localhost:8080", false),
      ("evil.example", "http://evil.example", false),
    ]) func `the port of the protocol`(_ host: String, _ origin: String, _ isOurs: Bool) throws
  {
    var reader = RequestReader()
    let text = "GET / HTTP/1.1\r\nHost: \(host)\r\nOrigin: \(origin)\r\n\r\n"
    let head = try #require(try reader.add(Array(text.utf8)))
    #expect((Routes(LiveFeed(), port: 80).answer(head).status.rawValue == 200) == isOurs)
  }

  @Test func `one host, no more and no less`() {
    #expect(Self.get("/") == 400)
    #expect(Self.get("/", "Host: localhost:8080", "host: localhost:8080") == 400)
  }

  @Test(
    arguments: [
      ("Origin: http://localhost:8080", 200), ("Origin: http://evil.example", 403),
      ("Origin: null", 403), ("Sec-Fetch-Site: same-origin", 200), ("Sec-Fetch-Site: none", 200),
      ("Sec-Fetch-Site: cross-site", 403), ("Sec-Fetch-Site: same-site", 403),
    ]) func `pages of others are refused`(_ header: String, _ status: Int)
  {
    #expect(Self.get("/metrics", "Host: localhost:8080", header) == status)
  }

  @Test(
    arguments: [
      ("/", 200), ("/page.js", 200), ("/page.css", 200), ("/metrics", 200), ("/model?x=1", 200),
      ("/?", 200), ("/other", 404), ("//", 404), ("/../etc/passwd", 404), ("/%00", 404),
      ("metrics", 400), ("*", 400), ("http://localhost:8080/", 400), ("/\u{e9}", 400),
    ]) func `paths`(_ path: String, _ status: Int)
  {
    #expect(Self.get(path, "Host: localhost:8080") == status)
  }

  @Test(
    arguments: [
      ("HEAD / HTTP/1.1", 200), ("GET / HTTP/1.0", 200), ("POST / HTTP/1.1", 405),
      ("OPTIONS / HTTP/1.1", 405), ("get / HTTP/1.1", 405), ("GET / HTTP/2.0", 505),
      ("GET / HTTP/1.1 ", 400), ("GET  / HTTP/1.1", 400), ("GET /", 400), ("/ HTTP/1.1", 400),
      ("GET / HTTX/1.1", 400), ("G\u{0}T / HTTP/1.1", 400), ("", nil as Int?),
    ]) func `request lines`(_ line: String, _ status: Int?)
  {
    #expect(Self.status("\(line)\r\nHost: localhost:8080\r\n\r\n") == (line.isEmpty ? 400 : status))
  }

  @Test(arguments: [" folded", "no colon", "na me: x", ": x", "x: a\rb", "x: a\u{7f}"])
  func `headers that are none`(_ line: String) {
    #expect(Self.get("/", "Host: localhost:8080", line) == 400)
  }

  @Test func `heads that are too long`() {
    let host = "Host: localhost:8080"
    #expect(Self.get("/" + String(repeating: "a", count: 1024), host) == 414)
    #expect(Self.get("/" + String(repeating: "a", count: 1023), host) == 404)
    #expect(Self.get("/", host, "x: " + String(repeating: "a", count: 9000)) == 431)
    #expect(Self.get("/", host, "x: " + String(repeating: "a", count: 7000)) == 200)
    let lines = Array(repeating: "x: y", count: 120).joined(separator: "\r\n")
    #expect(Self.get("/", host, lines) == 431)
    #expect(Self.status(String(repeating: "a", count: 8193)) == 431)
  }

  @Test func `a request that comes byte by byte`() throws {
    var reader = RequestReader()
    let text = "\r\nGET /model?a HTTP/1.1\nHost:  localhost:8080 \n\n"
    var head: RequestHead?
    for byte in text.utf8 {
      #expect(head == nil)
      head = try reader.add([byte])
    }
    #expect(head?.path == "/model" && head?.host == "localhost:8080" && head?.method == "GET")
  }

  /// What is refused is refused in words, and pages of others may read nothing.
  @Test func `answers say what is expected`() {
    let response = PageResponse(.wrongMethod)
    let head = String(decoding: response.head, as: UTF8.self)
    #expect(head.hasPrefix("HTTP/1.1 405 Method Not Allowed\r\n") && head.hasSuffix("\r\n\r\n"))
    #expect(
      head.contains("\r\nAllow: GET, HEAD\r\n") && head.contains("\r\nContent-Length: 21\r\n"))
    #expect(head.contains("\r\nContent-Security-Policy: default-src 'none'; "))
    #expect(!head.lowercased().contains("access-control"))
  }

  @Test func `events are for 32 pages`() throws {
    let routes = Routes(LiveFeed(), port: 8080)
    func answer(_ method: String) throws -> Int {
      var reader = RequestReader()
      let text = "\(method) /events HTTP/1.1\r\nHost: localhost:8080\r\n\r\n"
      return routes.answer(try #require(try reader.add(Array(text.utf8)))).status.rawValue
    }
    #expect(try answer("HEAD") == 200)
    for _ in 0..<32 { #expect(try answer("GET") == 200) }
    #expect(try answer("GET") == 503)
    routes.feed.seats.leave()
    #expect(try answer("GET") == 200)
  }
}
