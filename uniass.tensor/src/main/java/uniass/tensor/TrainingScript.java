package uniass.tensor;

/** What a training step does to all parameters at once, in one native call each. */
final class TrainingScript {

  static final Script INSTANCE = Script.load(TrainingScript.class);

  private TrainingScript() {}
}
