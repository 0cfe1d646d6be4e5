/// What is answered to requests.
package struct Routes: Sendable {
  package let feed: LiveFeed
  package let port: UInt16

  package init(_ feed: LiveFeed, port: UInt16) { (self.feed, self.port) = (feed, port) }

  /// The answer to a request. Whoever gets the events has taken a seat and is to give it back.
  package func answer(_ head: RequestHead) -> PageResponse {
    guard head.isFor(port: port) else { return PageResponse(.notForThisHost) }
    guard head.method == "GET" || head.method == "HEAD" else { return PageResponse(.wrongMethod) }
    switch head.path {
    case "/": return text("text/html; charset=utf-8", Page.html)
    case "/page.css": return text("text/css; charset=utf-8", Page.style)
    case "/page.js": return text("text/javascript; charset=utf-8", Page.script)
    case "/metrics": return text("text/plain; version=0.0.4; charset=utf-8", feed.metrics)
    case "/model": return PageResponse(.ok, "application/json", .model(feed.model))
    case "/events":
      // A HEAD takes no seat: it gets no events.
      if head.method == "GET", !feed.seats.take() { return PageResponse(.noSeat) }
      return PageResponse(.ok, "text/event-stream", .events)
    default: return PageResponse(.notFound)
    }
  }

  private func text(_ type: String, _ text: String) -> PageResponse {
    PageResponse(.ok, type, .bytes(Array(text.utf8)))
  }
}
