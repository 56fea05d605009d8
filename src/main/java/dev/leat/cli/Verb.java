package dev.leat.cli;

/// What somebody typed, read and checked, but not done yet.
sealed interface Verb
        permits RunCommand,
                ValidateCommand,
                TestCommand,
                PlanCommand,
                ServeCommand,
                PluginsCommand,
                RunsCommand,
                NodesCommand,
                PoolsCommand,
                PoolsSetCommand,
                PoolsDeleteCommand,
                BackupCommand,
                HostVerb {}
