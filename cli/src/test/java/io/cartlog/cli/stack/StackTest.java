package io.cartlog.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.cli.stack.StackStatus.ProcessStatus;
import io.cartlog.cli.stack.StateFile.State;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackTest {
    @TempDir Path folder = Path.of("");

    private Stack stack() {
        return Stack.open(new StackSettings(folder, folder, 20_000, Map.of()));
    }

    private void started(StackProcess process, StartedProcess as) {
        StateFile file = new StateFile(new DataFolder(folder).stateFile());
        file.write(file.read(20_000).with(process, as));
    }

    @Test
    void a_stack_has_one_projection_unless_somebody_wants_two() {
        assertThat(stack().status().processes())
                .extracting(ProcessStatus::name)
                .containsExactly(
                        "local-stack",
                        "authorization-server",
                        "projection-service",
                        "analytics-sink",
                        "command-service");
    }

    @Test
    void a_second_projection_that_was_killed_is_missed_until_it_is_started_again() {
        started(StackProcess.LOCAL_STACK, StartedProcess.of(ProcessHandle.current()));
        started(StackProcess.PROJECTION_SERVICE_2, new StartedProcess(1L << 40, 0));

        assertThat(stack().usual()).contains(StackProcess.PROJECTION_SERVICE_2);
        assertThat(stack().status().processes())
                .filteredOn(process -> process.name().equals("projection-service-2"))
                .singleElement()
                .satisfies(process -> assertThat(process.up()).isFalse());
    }

    @Test
    void after_all_have_ended_nobody_misses_the_second() {
        State ended =
                new State(20_000, Map.of("projection-service-2", new StartedProcess(1L << 40, 0)));
        new StateFile(new DataFolder(folder).stateFile()).write(ended);

        assertThat(stack().usual()).doesNotContain(StackProcess.PROJECTION_SERVICE_2);
    }
}
