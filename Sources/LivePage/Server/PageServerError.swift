/// What keeps a page from being served.
package enum PageServerError: Error, Sendable {
  /// Another program listens at the port.
  case taken
  /// The port is one that only the system's programs may have.
  case notAllowed
  /// The system's own words.
  case system(String)
}
