/// An axis of a chart: what its values are, and how they go with places.
package struct Axis: Sendable, Hashable {
  /// What is measured, with its unit: `inertia (squared distance)`.
  package let label: String
  package let scale: Scale

  package init(_ label: String, _ scale: Scale) {
    self.label = label
    self.scale = scale
  }
}
