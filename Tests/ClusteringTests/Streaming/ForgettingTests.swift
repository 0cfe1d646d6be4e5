import Clustering
import Testing

@Suite("Forgetting in its forms") struct ForgettingTests {
  @Test
  func `decay factor, forgetfulness and half-life say the same`() {
    for halfLife in [0.5, 1, 2, 5, 10, 1000] {
      let byHalfLife = Forgetting.halfLife(halfLife)
      let byFactor = Forgetting.decayFactor(byHalfLife.decayFactor)
      let byShare = Forgetting.forgetfulness(byHalfLife.forgetfulness)
      for form in [byFactor, byShare] {
        #expect(relativeDifference(form.halfLife, halfLife) < 1e-12)
        #expect(relativeDifference(form.kept(after: 3), byHalfLife.kept(after: 3)) < 1e-13)
        #expect(relativeDifference(form.forgetfulness, byHalfLife.forgetfulness) < 1e-12)
        #expect(relativeDifference(form.effectiveMemory, byHalfLife.effectiveMemory) < 1e-12)
      }
      #expect(byHalfLife.kept(after: halfLife) == 0.5)
    }
    #expect(Forgetting.halfLife(5).kept(after: 10) == 0.25)
    // The research notes' table: 1 / (1 - a).
    #expect((Forgetting.halfLife(5).effectiveMemory - 7.725).magnitude < 1e-3)
    #expect((Forgetting.halfLife(0.5).effectiveMemory - 4.0 / 3).magnitude < 1e-12)
  }

  @Test
  func `never and at once are the ends`() {
    for never in [
      Forgetting.never, .decayFactor(1), .forgetfulness(0), .halfLife(.infinity),
    ] {
      #expect(never.kept(after: 1e300) == 1)
      #expect(never.forgetfulness == 0)
      #expect(never.halfLife == .infinity)
      #expect(never.effectiveMemory == .infinity)
    }
    for atOnce in [Forgetting.decayFactor(0), .forgetfulness(1)] {
      #expect(atOnce.kept(after: 0) == 1)
      #expect(atOnce.kept(after: 1e-300) == 0)
      #expect(atOnce.halfLife == 0)
      #expect(atOnce.effectiveMemory == 1)
    }
  }

  @Test
  func `little that is forgotten keeps its digits`() {
    let slow = Forgetting.forgetfulness(1e-18)
    #expect(slow.forgetfulness == 1e-18)
    #expect(relativeDifference(slow.forgotten(after: 1000), 1e-15) < 1e-12)
    #expect(relativeDifference(slow.halfLife, 0.6931471805599453e18) < 1e-12)
  }

  @Test
  func `what is no pace is refused with its number`() {
    func problem(_ forgetting: Forgetting) -> ClusteringError? {
      do throws(ClusteringError) { try forgetting.validate() } catch { return error }
      return nil
    }
    for value in [-0.1, 1.0000001, .infinity] {
      #expect(problem(.decayFactor(value)) == .streaming(.invalidDecayFactor(value)))
      #expect(problem(.forgetfulness(value)) == .streaming(.invalidForgetfulness(value)))
    }
    for value in [0, -1, -Double.infinity] {
      #expect(problem(.halfLife(value)) == .streaming(.invalidHalfLife(value)))
    }
    #expect(problem(.decayFactor(.nan)) != nil)
    #expect(problem(.forgetfulness(.nan)) != nil)
    #expect(problem(.halfLife(.nan)) != nil)
    #expect(problem(.decayFactor(0)) == nil && problem(.decayFactor(1)) == nil)
  }
}
