/// One question, answered with figures.
interface Benchmark {

    /// What is done, in a few words.
    String title();

    void run(Bed bed, Report report) throws Exception;
}
