import KMeansReports

// The heaviest terms of the clusters, where columns have names of terms.
extension ClusterPage {
  /// How many clusters are listed.
  private static var mostListed: Int { 100 }

  func addTerms(to page: inout Page) {
    guard let terms else { return }
    let order = description.largestFirst
    page.add("terms", "Heaviest terms") { section in
      section.addText(
        "The largest values of each centroid, as points are compared with it, the heaviest first.")
      section.addTable(
        ["cluster", "share", "terms"],
        order.prefix(Self.mostListed).map { cluster in
          [name(cluster), percentText(description.share(cluster)), terms.text(cluster)]
        }, leading: [0, 2])
      if order.count > Self.mostListed {
        section.addText(
          "The \(Self.mostListed) largest of \(countText(order.count)) clusters are listed; 'kmeans info "
            + "MODEL --feature-names FILE --json' has all.")
      }
    }
  }
}
