@echo off
rem Starts the kiosk by a double click. The first time, and after each change of version, it makes
rem a Python environment in this person's data folder; then the staff page opens in the browser.
rem The file for Linux and macOS does the same in its own language.
setlocal EnableExtensions DisableDelayedExpansion
title Survey Kiosk

call :find_folder "%~dp0.."
set "home=%LOCALAPPDATA%\survey-kiosk"
set "environment=%home%\environment"
set "fresh=%environment%.new"
set "before=%environment%.old"
set "log=%home%\set-up.log"
rem Tools for developers. Kari does not need them, and they are half of what would be downloaded.
set "only_developers=mypy|playwright|ruff"

for %%F in (requirements.lock CHANGELOG.md pyproject.toml) do if not exist "%folder%\%%F" goto not_unpacked
call :is_current
if %errorlevel% equ 0 goto start
call :set_up
if %errorlevel% equ 0 goto start
call :works
if %errorlevel% neq 0 goto stop
echo.
echo %problem%
echo The kiosk starts in the version from before.

:start
echo.
echo The kiosk runs as long as this window is open. To stop it, close this window.
echo If Windows asks whether Python may use the network, please choose "Allow".
echo.
"%environment%\Scripts\python.exe" -I -m kiosk serve --open %KIOSK_START_ARGUMENTS%
if not errorlevel 1 exit /b 0
set "problem=The kiosk has stopped. The reason stands above, in its own words."
set "remedy="
goto stop

:not_unpacked
set "problem=Some files of the kiosk are missing beside this one."
set "remedy=Please unpack the whole download first: right-click it, choose "Extract All", and open the file in the new folder."

rem Say what went wrong, and leave the window open until somebody has read it.
:stop
echo. >&2
echo %problem% >&2
if defined remedy echo %remedy% >&2
echo.
set /p "key=Press Enter to close this window. "
exit /b 1


rem ---- Called from above. "exit /b 0" means yes, or done; "exit /b 1" means no. ----

:find_folder
set "folder=%~f1"
exit /b 0

rem Tell whether the environment was made to its end, from these files, and its Python still works.
:is_current
fc /b "%folder%\requirements.lock" "%environment%\made-from\requirements.lock" >nul 2>&1
if %errorlevel% neq 0 exit /b 1
fc /b "%folder%\CHANGELOG.md" "%environment%\made-from\CHANGELOG.md" >nul 2>&1
if %errorlevel% neq 0 exit /b 1

:works
"%environment%\Scripts\python.exe" -I -c "import flask, kiosk" >nul 2>&1
if %errorlevel% neq 0 exit /b 1
exit /b 0

rem Find a Python that is new enough, and not from the Microsoft Store: that one hides what it
rem writes from other programs, and where it is not installed, "python" only opens the Store.
:find_python
set "python="
for %%P in ("py -3" "python" "python3") do if not defined python call :try_python %%~P
if defined python exit /b 0
set "problem=Survey Kiosk needs Python 3.11 or newer (64-bit), and this computer has none, or only one from the Microsoft Store."
set "remedy=Please get Python from python.org, install it, and open this file again."
exit /b 1

:try_python
call %* -c "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11) or sys.maxsize < 2**32 or 'WindowsApps' in sys.base_prefix)" >nul 2>&1
if not errorlevel 1 set "python=%*"
exit /b 0

rem Make a new environment beside the old one, and put it in its place at the very end.
:set_up
call :find_python
if %errorlevel% neq 0 exit /b 1
call :clear_away
if %errorlevel% neq 0 exit /b 1
echo.
echo The kiosk is being set up. This needs the internet, once, and takes a few minutes.
echo Please leave this window open.
echo.
set "problem=The kiosk could not write into its folder, %home%."
set "remedy=Is the disk full? Please make room, and open this file again."
if not exist "%home%\" mkdir "%home%"
if not exist "%home%\" exit /b 1
echo 1 of 3: making room for it
call %python% -m venv "%fresh%" >"%log%" 2>&1
if %errorlevel% neq 0 exit /b 1
echo 2 of 3: downloading its parts
"%fresh%\Scripts\python.exe" -c "import re, sys; print(re.sub(sys.argv[1], '', sys.stdin.read()))" "(?ms)^(%only_developers%)==.*?(?=^\S|\Z)" <"%folder%\requirements.lock" >"%fresh%\requirements.txt" 2>>"%log%"
if %errorlevel% neq 0 exit /b 1
call :pip install --require-hashes -r "%fresh%\requirements.txt"
if %errorlevel% neq 0 goto no_download
echo 3 of 3: putting them together
set "problem=The kiosk could not be put together."
set "remedy=Please unpack the whole download again, and open the file in the new folder. If that does not help, somebody who knows computers finds the details in %log%"
call :pip wheel --no-deps --no-build-isolation --wheel-dir "%fresh%\wheel" "%folder%"
if %errorlevel% neq 0 exit /b 1

rem Windows lets nobody move a folder in which a program runs.
if not exist "%environment%\" goto put_in_place
set "problem=A kiosk is still running in another window, in the version from before. Please close that window, then open this file again."
set "remedy="
if exist "%before%\" rmdir /s /q "%before%"
move "%environment%" "%before%" >nul 2>&1
if %errorlevel% neq 0 exit /b 1

:put_in_place
rem The files that tell what it was made from come last: without them nobody believes in it.
set "problem=The kiosk could not be put together."
set "remedy=Please restart the computer, and open this file again."
rem A virus scanner may still look at the new files: that takes some seconds.
set "tries=5"
:try_again
move "%fresh%" "%environment%" >nul 2>&1
if not exist "%fresh%\" goto moved
ping -n 3 127.0.0.1 >nul
set /a tries-=1
if %tries% gtr 0 goto try_again
if exist "%before%\" move "%before%" "%environment%" >nul 2>&1
exit /b 1

:moved
set "fresh=%environment%"
call :pip install --no-deps --no-index --find-links "%environment%\wheel" survey-kiosk
if %errorlevel% neq 0 exit /b 1
mkdir "%environment%\made-from"
if %errorlevel% neq 0 exit /b 1
copy /y /b "%folder%\requirements.lock" "%environment%\made-from\requirements.lock" >nul
if %errorlevel% neq 0 exit /b 1
copy /y /b "%folder%\CHANGELOG.md" "%environment%\made-from\CHANGELOG.md" >nul
if %errorlevel% neq 0 exit /b 1
if exist "%before%\" rmdir /s /q "%before%" 2>nul

rem Only where the program that speaks is installed. Without it everything else works.
where espeak-ng >nul 2>&1
if errorlevel 1 exit /b 0
echo One thing more: the voices that read aloud. This takes about a minute.
"%environment%\Scripts\python.exe" -I -m kiosk sound make workshop --shipped --languages en,nb,fr,ar >>"%log%" 2>&1
if errorlevel 1 echo The voices could not be made. Everything else works.
exit /b 0

:no_download
set "problem=The parts of the kiosk could not be downloaded."
set "remedy=Is this computer connected to the internet? Please connect it, and open this file again. The kiosk needs the internet only for this; later it runs without. If it is connected, somebody who knows computers finds the details in %log%"
findstr /i /c:"No space left" /c:"WinError 112" "%log%" >nul
if %errorlevel% neq 0 exit /b 1
set "problem=The disk is full."
set "remedy=Please make room, about one gigabyte, and open this file again."
exit /b 1

rem Remove what a broken-off set-up has left. What another window is still making cannot be moved.
:clear_away
if not exist "%fresh%\" exit /b 0
set "problem=The kiosk is already being set up in another window."
set "remedy=Please wait until that window is ready. You can close this one."
if exist "%fresh%.left\" rmdir /s /q "%fresh%.left"
move "%fresh%" "%fresh%.left" >nul 2>&1
if %errorlevel% neq 0 exit /b 1
rmdir /s /q "%fresh%.left"
exit /b 0

:pip
"%fresh%\Scripts\python.exe" -m pip %* --no-input --disable-pip-version-check >>"%log%" 2>&1
exit /b %errorlevel%
