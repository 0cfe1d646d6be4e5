import Foundation
import KMeansLivePage
import Testing

/// What /model sends.
@Suite struct ModelTextTests {
  struct Model: Decodable, Equatable {
    let batch: Int
    let time: Double?
    let columns: [String]
    let ids: [Int]
    let weights: [Double]
    let centroids: [[Double]]
  }

  private func model(_ text: ModelText) throws -> (Model, pieces: Int) {
    let pieces = Array(text)
    return (try JSONDecoder().decode(Model.self, from: Data(pieces.joined())), pieces.count)
  }

  @Test func `centroids, weights, ids and columns`() throws {
    let (model, pieces) = try model(SampleFeed.full().model)
    #expect(
      model
        == Model(
          batch: 2, time: 2, columns: ["x", "</script><b>", "z\"\n"], ids: [0, 7],
          weights: [30, 10], centroids: [[1, 0, -5], [1, 4, 5.5]]))
    #expect(pieces == 1)
  }

  @Test func `before there are centroids`() throws {
    let (model, _) = try model(LiveFeed().model)
    #expect(model.batch == 0 && model.ids.isEmpty && model.centroids.isEmpty)
  }

  @Test func `a large model comes in pieces, bit by bit the same`() throws {
    let feed = LiveFeed()
    let values = (0..<20_000).map { 1 / Double($0 + 3) }
    feed.set(
      ClusterNews(
        batch: 5, time: nil, ids: Array(0..<200), weights: Array(values[..<200]),
        centroids: values, dimension: 100))
    let (model, pieces) = try model(feed.model)
    #expect(pieces > 5)
    #expect(model.centroids.flatMap { $0 } == values && model.weights == Array(values[..<200]))
  }
}
