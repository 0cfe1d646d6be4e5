// Learns from sensor readings as they come: what is usual now, what looks odd, and when that
// changes. With the name of a file it goes on where the last run ended.
import Clustering

@main
enum Sensors {
  static func main() async throws {
    let latest = LatestModel<Float>()  // for readers on other threads: `latest.model`
    let file = CommandLine.arguments.dropFirst().first
    var stream = try begin(file)
    let batches = Readings.batches(from: stream.batchCount, count: 80)
    try await learn(&stream, from: batches, savingTo: file, publishing: latest)

    guard let model = latest.model else { return }
    for (cluster, id) in stream.ids.enumerated() {
      let place = model.centroids.rowArrays[cluster].map { String($0) }.joined(separator: ", ")
      print("cluster \(id) at (\(place)), worth \(Int(model.clusterWeights[cluster])) readings")
    }
  }

  /// Learns batches as they come; readers never wait, and a restart loses nothing that was saved.
  static func learn<Batches: AsyncSequence>(
    _ stream: inout StreamingKMeans<Float>, from batches: Batches, savingTo file: String?,
    publishing latest: LatestModel<Float>
  ) async throws where Batches.Element == Matrix<Float> {
    for try await batch in batches {
      let number = stream.batchCount
      if stream.latestModel != nil {  // predict, then learn: the order is in the code
        let odd = try stream.predict(batch.view).outlierScores.enumerated().filter { $1 > 6 }
        if let (row, score) = odd.first {
          print("batch \(number): row \(row) looks odd, \(score) radii off (\(odd.count) in all)")
        }
      }
      for event in try stream.update(batch.view).events { print("batch \(number): \(said(event))") }
      latest.publish(stream.latestModel)
      if let file, stream.batchCount.isMultiple(of: 20) { try stream.save(to: file) }
    }
    if let file { try stream.save(to: file) }  // whole or not at all
  }

  /// A stream that begins, or goes on from a file.
  private static func begin(_ file: String?) throws -> StreamingKMeans<Float> {
    func new() -> StreamingKMeans<Float> {
      StreamingKMeans(clusterCount: 3, forgetting: .halfLife(5, .batches), seed: 1)
    }
    return try file.map { try StreamingKMeans.resuming($0, otherwise: new) } ?? new()
  }

  private static func said(_ event: ClusterEvent) -> String {
    switch event.kind {
    case .born: "cluster \(event.cluster) appears"
    case .died: "cluster \(event.cluster) is forgotten"
    case .split(let parent): "cluster \(event.cluster) splits from \(parent)"
    }
  }
}

/// Two sensors in three states. After 30 batches the third one never comes again, and after 60 the
/// first one has moved.
enum Readings {
  /// So many batches, one after another, as a network or a device would hand them over.
  static func batches(from first: Int, count: Int) -> AsyncStream<Matrix<Float>> {
    AsyncStream { continuation in
      for number in first..<first + count {
        if let batch = try? batch(number) { continuation.yield(batch) }
      }
      continuation.finish()
    }
  }

  static func batch(_ number: Int) throws -> Matrix<Float> {
    var rows: [[Float]] = []
    for index in 0..<120 {
      let state = number < 30 ? index % 3 : index % 2
      let center: [Float] = [[number < 60 ? 0 : 3, 0], [10, 1], [5, 20]][state]
      // Regular noise is good enough here.
      let turn = Float((index * 37 + number * 11) % 120) / 120
      let distance = Float((index * 53 + number * 29) % 97) / 97
      rows.append([center[0] + distance * (turn - 0.5), center[1] + distance * (0.5 - turn * turn)])
    }
    if number == 25 { rows[7] = [40, 40] }
    return try Matrix(rows)
  }
}
