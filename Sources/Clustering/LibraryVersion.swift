/// The version of this package, as the tool, the C interface and the wheel tell it.
package enum LibraryVersion {
  package static let text = "0.1.0"
}
